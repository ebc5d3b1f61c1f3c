-- pass-rate (T3): learners of classes and learning management systems, and those of them who passed there.
-- instructors (H8): people who taught a class in the last six months.
WITH learner AS (
    SELECT learner, bool_or(passed) AS passed FROM record WHERE delivery <> 'web' GROUP BY learner
),
named AS (
    SELECT supplier, bool_or(passed) AS passed
    FROM record
    WHERE delivery <> 'web' AND supplier IS NOT NULL
    GROUP BY supplier
)
SELECT
    (SELECT count(*) FROM learner),
    (SELECT count(*) FROM named),
    (SELECT count(*) FROM learner WHERE passed),
    (SELECT count(*) FROM named WHERE passed),
    (SELECT count(DISTINCT instructor) FROM record WHERE delivery = 'classroom');
