-- One row for each record id: a record may stand in several batches, and in the compacted file too.
--
-- Should two lines of one id differ, the earlier completion stands, then the lower score, and so on down the list:
-- the same one in whatever order files are read. `greensupply records check` names such lines.
CREATE TEMP TABLE once AS
SELECT id, unnest(kept)
FROM (
    SELECT
        id,
        min({
            'completed_at': completed_at, 'score': score, 'passed': passed, 'learner': learner, 'module': module,
            'revision': revision, 'delivery': delivery, 'language': language, 'country': country,
            'supplier': supplier, 'instructor': instructor
        }) AS kept
    FROM record
    GROUP BY id
);
DROP TABLE record;
ALTER TABLE once RENAME TO record;
