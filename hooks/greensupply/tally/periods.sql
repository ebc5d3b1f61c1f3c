-- learners-by-period (H3), training-rate (T1), training-rate-per-100 (T1-100): distinct learners with a first pass in
-- each closed period from that of the first record on, and the suppliers that these passes name.
WITH person AS (SELECT DISTINCT month, learner FROM first),
named AS (SELECT DISTINCT month, supplier FROM first WHERE supplier IS NOT NULL),
month AS (
    SELECT unnest(generate_series(month_of(getvariable('first_record')), month_of(getvariable('until')) - 1)) AS month
),
quarter AS (
    SELECT
        unnest(generate_series(quarter_of(getvariable('first_record')), quarter_of(getvariable('until')) - 1))
            AS quarter
)
SELECT 'month', month_name(month), coalesce(learners, 0), coalesce(organisations, 0)
FROM month
LEFT JOIN (SELECT month, count(*) AS learners FROM person GROUP BY month) USING (month)
LEFT JOIN (SELECT month, count(*) AS organisations FROM named GROUP BY month) USING (month)
UNION ALL
SELECT 'quarter', quarter_name(quarter), coalesce(learners, 0), coalesce(organisations, 0)
FROM quarter
LEFT JOIN (
    SELECT month // 3 AS quarter, count(DISTINCT learner) AS learners FROM person GROUP BY quarter
) USING (quarter)
LEFT JOIN (
    SELECT month // 3 AS quarter, count(DISTINCT supplier) AS organisations FROM named GROUP BY quarter
) USING (quarter)
ORDER BY ALL;
