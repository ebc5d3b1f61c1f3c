-- Leaves in `record` what is counted: modules that the hub has, completed before the end of the last day.
--
-- Not done while reading, where the engine would cast every text twice, once to choose the line and once to keep it.
DELETE FROM record WHERE module IS NULL OR completed_at >= getvariable('until');
