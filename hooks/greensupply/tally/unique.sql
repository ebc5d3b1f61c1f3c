-- Of lines that share an id but not what they say, the earlier completion stays, then the lower score, and so on down
-- the list: the same one in whatever order files are read. `greensupply records check` names such lines.
--
-- Lines that are the same may stay: people, plants, earliest passes and best scores are not more for being read twice.
DELETE FROM record WHERE rowid IN (
    WITH differing AS (
        SELECT id
        FROM (
            SELECT
                id,
                hash(
                    completed_at, score, passed, learner, module, revision, delivery, language, country, supplier,
                    instructor
                ) AS content
            FROM record
        )
        GROUP BY id
        HAVING min(content) <> max(content)
    )
    SELECT rowid
    FROM record SEMI JOIN differing USING (id)
    QUALIFY row_number() OVER (
        PARTITION BY id
        ORDER BY completed_at, score, passed, learner, module, revision, delivery, language, country, supplier,
            instructor
    ) > 1
);
