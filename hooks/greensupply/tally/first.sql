-- One row for each learner, module and revision: the earliest passing record, and the best passing score.
--
-- Of two passes in the same second, the one with the smaller record id is the first.
CREATE TEMP TABLE first AS
WITH earliest AS (
    SELECT max(score) AS best, arg_min(rowid, (completed_at, id)) AS place
    FROM record
    WHERE passed
    GROUP BY learner, module, revision
)
SELECT learner, module, revision, best, month_of(completed_at) AS month, country, language, delivery, supplier
FROM record JOIN earliest ON record.rowid = earliest.place;

SET VARIABLE first_record = (SELECT min(completed_at) FROM record);
