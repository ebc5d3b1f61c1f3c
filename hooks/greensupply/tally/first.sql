-- One row for each learner, module and revision: the earliest passing record, and the best passing score.
--
-- Of two passes in the same second, the one with the smaller record id is the first.
CREATE TEMP TABLE first AS
SELECT learner, module, revision, best, month_of(completed_at) AS month, pass.*
FROM (
    SELECT
        learner,
        module,
        revision,
        max(score) AS best,
        min(completed_at) AS completed_at,
        arg_min(
            {'country': country, 'language': language, 'delivery': delivery, 'supplier': supplier},
            (completed_at, id)
        ) AS pass
    FROM record
    WHERE passed
    GROUP BY learner, module, revision
);

SET VARIABLE first_record = (SELECT min(completed_at) FROM record);
