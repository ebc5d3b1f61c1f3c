-- Learners of each supplier, for the internal tally only.
SELECT supplier, count(DISTINCT learner) FROM first WHERE supplier IS NOT NULL GROUP BY supplier ORDER BY supplier;
