-- target-population (P0), trained-plants (H6), assisted-plants (H18), core-plants (H7) at each closed quarter's end.
--
-- Plants and learners become spans of quarters, and learners with the same spans are counted together.
WITH pass AS (  -- a pass counts for the plant that its record names, and for no other
    SELECT number AS plant, learner, module, min(month // 3) AS passed
    FROM first JOIN plant USING (supplier)
    GROUP BY number, learner, module
),
person AS (
    SELECT
        plant,
        learner,
        min(passed) AS trained,
        if(count(*) FILTER (in_core) = getvariable('core_count'), max(passed) FILTER (in_core), never()) AS core
    FROM pass JOIN study USING (module)
    GROUP BY plant, learner
),
hours AS (  -- minutes that a plant's learners had studied by a quarter, each module once
    SELECT plant, passed, sum(minutes) OVER (PARTITION BY plant ORDER BY passed) AS so_far
    FROM (SELECT plant, module, min(passed) AS passed FROM pass GROUP BY plant, module) JOIN study USING (module)
),
listed AS (  -- in scope from `since` until before `gone`; a plant that leaves on a quarter's last day was in it
    SELECT
        number AS plant,
        country,
        quarter_of(listed_on) AS since,
        coalesce(quarter_of(left_on + 1), never()) AS gone,
        coalesce(assisted, never()) AS assisted
    FROM plant
    LEFT JOIN (
        SELECT plant AS number, min(passed) AS assisted
        FROM hours
        WHERE so_far >= getvariable('assistance')
        GROUP BY plant
    ) USING (number)
),
quarter AS (
    SELECT unnest(generate_series(quarter_of(getvariable('first_record')), quarter_of(getvariable('until')) - 1)) AS q
),
plants AS (
    SELECT
        q,
        coalesce(country::VARCHAR, '') AS country,
        count(*) AS scope,
        count(*) FILTER (trained <= q) AS trained,
        count(*) FILTER (assisted <= q) AS assisted,
        count(*) FILTER (core <= q) AS core
    FROM quarter
    JOIN listed ON since <= q AND q < gone
    LEFT JOIN (SELECT plant, min(trained) AS trained, min(core) AS core FROM person GROUP BY plant) USING (plant)
    GROUP BY GROUPING SETS ((q), (q, country))
),
spanned AS (
    SELECT
        learner,
        country,
        gone,
        greatest(since, trained) AS trained,
        assisted,
        core
    FROM person JOIN listed USING (plant)
),
span AS (
    SELECT *, row_number() OVER () AS number
    FROM (SELECT DISTINCT country, gone, trained, assisted, core FROM spanned)
),
alike AS (
    SELECT numbers, count(*) AS learners
    FROM (
        SELECT list_sort(list(number)) AS numbers
        FROM spanned JOIN span USING (country, gone, trained, assisted, core)
        GROUP BY learner
    )
    GROUP BY numbers
),
people AS (
    SELECT
        q,
        coalesce(country::VARCHAR, '') AS country,
        sum(learners) AS learners,
        sum(learners) FILTER (assisted) AS assisted_learners,
        sum(learners) FILTER (core) AS core_learners
    FROM (
        SELECT
            q,
            country,
            numbers,
            any_value(learners) AS learners,
            bool_or(assisted <= q) AS assisted,
            bool_or(core <= q) AS core
        FROM (SELECT numbers, learners, unnest(numbers) AS number FROM alike)
        JOIN span USING (number)
        JOIN quarter ON trained <= q AND q < gone
        GROUP BY GROUPING SETS ((q, numbers), (q, country, numbers))
    )
    GROUP BY q, country
)
SELECT
    country,
    quarter_name(q),
    coalesce(scope, 0),
    coalesce(trained, 0),
    coalesce(assisted, 0),
    coalesce(core, 0),
    coalesce(learners, 0),
    coalesce(assisted_learners, 0),
    coalesce(core_learners, 0)
FROM quarter
CROSS JOIN (SELECT unnest(['', 'CA', 'MX', 'US']) AS country)
LEFT JOIN plants USING (q, country)
LEFT JOIN people USING (q, country)
ORDER BY ALL;
