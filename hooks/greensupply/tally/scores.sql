-- mean-score (H5): the mean of the learners' best passing scores in each module, over its revisions.
--
-- Added up as decimals, for a sum of binary fractions depends on the order in which they come.
SELECT module::VARCHAR, sum(best::DECIMAL(12, 9)), count(*)
FROM (SELECT module, learner, max(best) AS best FROM first GROUP BY module, learner)
GROUP BY module
ORDER BY module;
