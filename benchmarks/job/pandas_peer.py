"""The whole job in pandas: everything in memory, `merge_asof` for the last click, merges for the rest."""

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd

from benchmarks.cases import Measured
from benchmarks.job import job_summary
from benchmarks.job.place import output
from benchmarks.make.world import PROGRAM_ID
from benchmarks.phases import Phases

_LOOKBACK = pd.Timedelta(days=30)


def run(program: str, conversions: str, clicks: str, answer: str | None) -> Measured:
    """Credit everything, write the result and add it up."""
    phases = Phases()
    with phases("load"):
        codes = _promo_codes(program)
    with output(answer) as place, phases("job"):
        orders = pd.read_parquet(conversions)
        orders["row"] = range(len(orders))
        used = orders["promo_code"].str.strip()
        orders["used_code"] = used.where(used != "")
        columns = ["customer_id", "event_time", "partner_id", "click_id"]
        log = pd.read_parquet(clicks, columns=columns)
        counted = {"read": len(log), "without_customer": int(log["customer_id"].isna().sum())}
        log = log[log["customer_id"].isin(orders["customer_id"].dropna().unique())].fillna({"click_id": ""})
        in_path = _path_clicks(orders, log)
        orders = orders.merge(_summary(orders, log, in_path), on="row", how="left")
        with phases("regexes"):
            matches = _matches(orders["used_code"].dropna().drop_duplicates(), codes)
        hits = _hits(orders, matches, codes, in_path)
        _verdicts(orders, hits).to_parquet(place / "verdicts.parquet")
        credits = _credits(orders, hits)
        credits.to_parquet(place / "credits.parquet")
        _summarise(credits, counted, place)
    return {"seconds": dict(phases)}


def _promo_codes(program: str) -> pd.DataFrame:
    codes = pd.DataFrame(json.loads(Path(program).read_text(encoding="utf-8"))["promo_codes"])
    for name in ("start_date", "end_date", "created_date"):
        codes[name] = pd.to_datetime(codes[name], utc=True)
    # Stable, so from the least to the most significant key.
    codes = codes.sort_values("id")
    for name in ("created_date", "start_date"):
        codes = codes.sort_values(name, ascending=False, na_position="last", kind="stable")
    codes = codes.sort_values("match_mode", kind="stable").reset_index(drop=True)
    return codes.assign(precedence=codes.index).rename(columns={"id": "promo_code_id"})


def _path_clicks(orders: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    sides = orders[["row", "customer_id", "event_time"]].dropna(), log.rename(columns={"event_time": "at"})
    pairs = sides[0].merge(sides[1], on="customer_id")
    elapsed = pairs["event_time"] - pairs["at"]
    return pairs[(elapsed >= pd.Timedelta(0)) & (elapsed <= _LOOKBACK)]


def _summary(orders: pd.DataFrame, log: pd.DataFrame, in_path: pd.DataFrame) -> pd.DataFrame:
    ordered = log.sort_values(["event_time", "click_id", "partner_id"])
    # merge_asof takes the last of equal times, which is the right one in this order.
    last = pd.merge_asof(
        orders[["row", "customer_id", "event_time"]].dropna().sort_values("event_time"),
        ordered.assign(last_click_time=ordered["event_time"]).drop(columns="click_id"),
        on="event_time",
        by="customer_id",
        tolerance=_LOOKBACK,
    ).rename(columns={"partner_id": "winner_partner_id"})
    lengths = in_path.groupby("row").size().rename("path_clicks").reset_index()
    return last[["row", "winner_partner_id", "last_click_time"]].merge(lengths, on="row", how="left")


def _matches(used: pd.Series, codes: pd.DataFrame) -> pd.DataFrame:
    """Pairs of used code and precedence."""
    literal = codes[codes["match_mode"] == "LI"].rename(columns={"code": "used_code"})[["used_code", "precedence"]]
    found = [literal[literal["used_code"].isin(used)]]
    regexes = codes[codes["match_mode"] == "RE"]
    if len(regexes):
        together = "|".join(f"(?:{code})" for code in regexes["code"])
        passed = used[used.str.fullmatch(together)]
        for code, precedence in zip(regexes["code"], regexes["precedence"], strict=True):
            mine = passed[passed.str.fullmatch(code)]
            found.append(pd.DataFrame({"used_code": mine, "precedence": precedence}))
    return pd.concat(found)


def _hits(orders: pd.DataFrame, matches: pd.DataFrame, codes: pd.DataFrame, in_path: pd.DataFrame) -> pd.DataFrame:
    facts = orders[["row", "used_code", "event_time", "winner_partner_id"]].dropna(subset="used_code")
    columns = ["precedence", "promo_code_id", "match_mode", "credit_rule", "partner_id", "start_date", "end_date"]
    hits = facts.merge(matches, on="used_code").merge(codes[columns], on="precedence")
    at, start, end = hits["event_time"], hits["start_date"], hits["end_date"]
    hits = hits[(start.isna() | (start <= at)) & (end.isna() | (at <= end))]
    involved = in_path[["row", "partner_id"]].drop_duplicates().assign(involved=True)
    hits = hits.merge(involved, on=["row", "partner_id"], how="left")
    hits["involved"] = hits["involved"].notna()
    hits["winner"] = (hits["partner_id"] == hits["winner_partner_id"]).fillna(False).astype(bool)
    rule = hits["credit_rule"]
    hits["met"] = (rule == "ALWAYS") | ((rule == "INVOLVED") & hits["involved"]) | ((rule == "WINNER") & hits["winner"])
    hits = hits.sort_values(["row", "met", "precedence"], ascending=[True, False, True])
    hits["first"] = ~hits["row"].duplicated()
    hits["selected"] = hits["met"] & hits["first"]
    return hits


def _verdicts(orders: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    ids = orders.set_index("row")["conversion_id"].loc[hits["row"]]
    return hits.assign(conversion_id=ids.to_numpy(), code_position=1)


def _credits(orders: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    columns = ["row", "used_code", "promo_code_id", "credit_rule", "partner_id", "met"]
    table = orders.drop(columns=["used_code", "promo_code"]).merge(
        hits.loc[hits["first"], columns], on="row", how="left"
    )
    by_code, withheld = table["met"].eq(True), table["met"].eq(False)
    by_click = table["met"].isna() & table["winner_partner_id"].notna()
    table["partner_id"] = table["partner_id"].where(by_code, table["winner_partner_id"].where(by_click))
    table["outcome"], table["reason"] = "UNATTRIBUTED", "NO_CLICKS"
    table.loc[by_click, ["outcome", "reason"]] = ["LAST_CLICK", "NO_CODE_MATCHED"]
    table.loc[withheld, "outcome"] = "WITHHELD"
    table.loc[withheld, "reason"] = "NOT_" + table["credit_rule"]
    table.loc[by_code, "outcome"] = "PROMO_CODE"
    table.loc[by_code, "reason"] = "RULE_" + table["credit_rule"]
    table["share"] = (by_code | by_click).astype(float)
    table["path_clicks"] = table["path_clicks"].fillna(0).astype("uint32")
    return table.assign(program_id=PROGRAM_ID)


def _summarise(credits: pd.DataFrame, clicks: dict[str, int], place: Path) -> None:
    outcomes = [(*key, int(number)) for key, number in credits.groupby(["outcome", "reason"]).size().items()]
    withheld = int(((credits["outcome"] == "WITHHELD") & (credits["path_clicks"] == 0)).sum())
    groups = credits.assign(by_code=credits["outcome"] == "PROMO_CODE").groupby(["partner_id", "currency"], dropna=True)
    paid = [
        job_summary.Paid(
            *key,
            len(rows),
            int(rows["amount"].isna().sum()),
            sum(rows["amount"], Decimal()),
            int(rows["by_code"].sum()),
        )
        for key, rows in groups
    ]
    job_summary.write(place, outcomes, withheld, paid, clicks)
