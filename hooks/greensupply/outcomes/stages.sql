-- target-population (P0), contacted-plants (P1), enrolled-plants (H11), assisted-plants (P2a), assessed-plants (P3),
-- acting-plants (P4), verified-plants (P5), conversion (P6) at each closed quarter's end; reporting-plants (H12) and
-- coverage (H13): plants that report any quantity in it.
--
-- Each stage contains the next: who is enrolled was contacted, who received 4 h takes part, a whole assessment is advice
-- of 4 h or more. Actions count of assessed plants, results of acting ones.
WITH help AS (  -- minutes of training, each module once in a plant, and of advice in the plant
    SELECT number AS plant, min(month // 3) AS quarter, minutes::DECIMAL(18, 6) AS minutes
    FROM first JOIN plant USING (supplier) JOIN study USING (module)
    GROUP BY number, module, minutes
    UNION ALL
    SELECT plant, quarter_of(day), hours * 60 FROM visit
),
helped AS (
    SELECT plant, min(quarter) AS assisted
    FROM (SELECT plant, quarter, sum(minutes) OVER (PARTITION BY plant ORDER BY quarter) AS so_far FROM help)
    WHERE so_far >= getvariable('assistance')
    GROUP BY plant
),
assessment AS (
    SELECT plant, min(quarter_of(day)) AS assessed FROM visit WHERE complete GROUP BY plant
),
deed AS (
    SELECT plant, min(quarter_of(implemented)) AS acting, min(quarter_of(verified)) AS verified
    FROM opportunity
    GROUP BY plant
),
came AS (
    SELECT
        plant,
        country,
        since,
        gone,
        least(contacted, enrolled, assisted, assessed, never()) AS contacted,
        least(enrolled, assisted, assessed, never()) AS enrolled,
        least(assisted, assessed, never()) AS assisted,
        coalesce(assessed, never()) AS assessed,
        greatest(coalesce(assessed, never()), coalesce(acting, never())) AS acting,
        greatest(coalesce(assessed, never()), coalesce(acting, never()), coalesce(verified, never())) AS verified
    FROM site LEFT JOIN helped USING (plant) LEFT JOIN assessment USING (plant) LEFT JOIN deed USING (plant)
),
reported AS (SELECT DISTINCT plant, quarter AS q, true AS reports FROM measurement),
counted AS (
    SELECT
        q,
        coalesce(country, '') AS country,
        count(*) AS scope,
        count(*) FILTER (contacted <= q) AS contacted,
        count(*) FILTER (enrolled <= q) AS enrolled,
        count(*) FILTER (assisted <= q) AS assisted,
        count(*) FILTER (assessed <= q) AS assessed,
        count(*) FILTER (acting <= q) AS acting,
        count(*) FILTER (verified <= q) AS verified,
        count(*) FILTER (reports) AS reporting
    FROM quarter
    JOIN came ON since <= q AND q < gone
    LEFT JOIN reported USING (plant, q)
    GROUP BY GROUPING SETS ((q), (q, country))
)
SELECT
    country,
    quarter_name(q),
    coalesce(reporting, 0),
    coalesce(scope, 0),
    coalesce(contacted, 0),
    coalesce(enrolled, 0),
    coalesce(assisted, 0),
    coalesce(assessed, 0),
    coalesce(acting, 0),
    coalesce(verified, 0)
FROM quarter
CROSS JOIN (SELECT unnest(['', 'CA', 'MX', 'US']) AS country)
LEFT JOIN counted USING (q, country)
ORDER BY ALL;
