-- Adds the lines of `written` (the batches, or the compacted file) to `record`, but for those that a void takes back.
--
-- What is wrong becomes NULL, and `broken` says that something is: no line is left out unnoticed.
INSERT INTO record
WITH line AS (
    SELECT
        try_cast(id AS UUID) AS id,
        try(unhex(learner)::UUID) AS learner,
        nullif(trim(supplier), '') AS supplier,
        try_cast(coalesce(country, '') AS country) AS country,
        module AS module_as_written,
        try_cast(module AS module) AS module,
        try_cast(revision AS USMALLINT) AS revision,
        try_cast(coalesce(locale, '') AS language) AS language,
        try_cast(delivery AS delivery) AS delivery,
        CASE WHEN completed_at >= getvariable('since') THEN try(unhex(instructor)::UUID) END AS instructor,
        score,
        passed,
        CASE WHEN suffix(completed_at, 'Z') THEN try_cast(completed_at AS TIMESTAMP) END AS completed_at
    FROM written
)
SELECT
    line.* EXCLUDE (module_as_written),
    id IS NULL OR learner IS NULL OR country IS NULL OR module_as_written IS NULL OR coalesce(revision, 0) = 0
        OR language IS NULL OR delivery IS NULL OR coalesce(score NOT BETWEEN 0 AND 1, true) OR passed IS NULL
        OR completed_at IS NULL AS broken
FROM line ANTI JOIN void USING (id);
