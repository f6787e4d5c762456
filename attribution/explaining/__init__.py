"""Why a conversion has its credit, and which promo codes its used codes nearly match, in values and in words."""
