-- The whole job as SQL. Statements in order; the tables `promo_code` and `text_match(used_code, promo_index)` of the
-- regexes come from duckdb_peer.py, between the two halves of this file.

-- Orders, numbered; surrounding blanks of a promo code do not count.
CREATE TEMP TABLE conversion AS
SELECT
    file_row_number::UINTEGER AS row,
    conversion_id, event_time, customer_id, amount, currency,
    nullif(trim(promo_code, $blanks), '') AS used_code
FROM read_parquet($conversions, file_row_number = true);

CREATE TEMP TABLE used AS
SELECT DISTINCT used_code FROM conversion WHERE used_code IS NOT NULL;

-- here: the regexes

-- The converters' clicks: a semi-join first, so that nine tenths of the log or more are never kept.
CREATE TEMP TABLE click AS
SELECT customer_id, event_time, partner_id, coalesce(click_id, '') AS click_id
FROM read_parquet($clicks)
WHERE customer_id IN (SELECT DISTINCT customer_id FROM conversion);

-- Every order with every click of its path, which serves the last click, the length and the involvement. An ASOF join
-- on the clicks, first reduced to the last of each instant, gives the same winners at 1.5 times the cost of this join
-- and its aggregation, and leaves length and involvement to be found.
CREATE TEMP TABLE path_click AS
SELECT c.row, k.event_time, k.click_id, k.partner_id
FROM conversion c JOIN click k
  ON k.customer_id = c.customer_id
 AND k.event_time BETWEEN c.event_time - INTERVAL 30 DAY AND c.event_time;

CREATE TEMP TABLE path AS
SELECT
    row,
    count(*)::UINTEGER AS path_clicks,
    max(event_time) AS last_click_time,
    arg_max(partner_id, {'t': event_time, 'c': click_id, 'p': partner_id}) AS winner_partner_id
FROM path_click
GROUP BY row;

-- Orders with the promo codes that their used code matches on the day, and whether each rule is met.
CREATE TEMP TABLE hit AS
SELECT
    c.row, c.used_code, p.promo_code_id, p.match_mode, p.credit_rule, p.partner_id, p.precedence,
    p.partner_id IS NOT DISTINCT FROM path.winner_partner_id AS winner,
    i.row IS NOT NULL AS involved
FROM conversion c
JOIN (
    SELECT code AS used_code, promo_index FROM promo_code WHERE match_mode = 'LI'
    UNION ALL
    SELECT used_code, promo_index FROM text_match
) m ON m.used_code = c.used_code
JOIN promo_code p
  ON p.promo_index = m.promo_index
 AND coalesce(p.start_date <= c.event_time, true)
 AND coalesce(c.event_time <= p.end_date, true)
LEFT JOIN path ON path.row = c.row
LEFT JOIN (SELECT DISTINCT row, partner_id FROM path_click) i ON i.row = c.row AND i.partner_id = p.partner_id;

CREATE TEMP TABLE verdict AS
SELECT
    *,
    credit_rule = 'ALWAYS' OR (credit_rule = 'INVOLVED' AND involved) OR (credit_rule = 'WINNER' AND winner) AS met,
    row_number() OVER (PARTITION BY row ORDER BY met DESC, precedence) = 1 AS first
FROM hit;

COPY (
    SELECT
        c.conversion_id, v.promo_code_id, v.used_code, 1::UINTEGER AS code_position, v.match_mode, v.credit_rule,
        v.partner_id, v.involved, v.winner, v.met, v.met AND v.first AS selected
    FROM verdict v JOIN conversion c ON c.row = v.row
) TO $verdicts_out (FORMAT parquet);

COPY (
    SELECT
        c.conversion_id,
        $program_id AS program_id,
        c.event_time,
        CASE
            WHEN v.met THEN 'PROMO_CODE'
            WHEN NOT v.met THEN 'WITHHELD'
            WHEN path.row IS NOT NULL THEN 'LAST_CLICK'
            ELSE 'UNATTRIBUTED'
        END AS outcome,
        CASE
            WHEN v.met THEN 'RULE_' || v.credit_rule
            WHEN NOT v.met THEN 'NOT_' || v.credit_rule
            WHEN path.row IS NOT NULL THEN 'NO_CODE_MATCHED'
            ELSE 'NO_CLICKS'
        END AS reason,
        CASE WHEN v.met THEN v.partner_id WHEN v.met IS NULL THEN path.winner_partner_id END AS partner_id,
        v.promo_code_id,
        v.credit_rule,
        v.used_code,
        (coalesce(v.met, path.row IS NOT NULL))::DOUBLE AS share,
        c.amount,
        c.currency,
        path.winner_partner_id,
        path.last_click_time,
        coalesce(path.path_clicks, 0)::UINTEGER AS path_clicks
    FROM conversion c
    LEFT JOIN path ON path.row = c.row
    LEFT JOIN verdict v ON v.row = c.row AND v.first
) TO $credits_out (FORMAT parquet);
