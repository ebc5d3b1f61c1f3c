-- learners-by-group (H4): the suppliers that the first passes under each label name, for the rules of privacy.
WITH named AS (
    SELECT DISTINCT country, module, language, delivery, supplier FROM first WHERE supplier IS NOT NULL
)
SELECT 'country', country::VARCHAR, list(DISTINCT supplier) FROM named GROUP BY country
UNION ALL
SELECT 'module', module::VARCHAR, list(DISTINCT supplier) FROM named GROUP BY module
UNION ALL
SELECT 'language', language::VARCHAR, list(DISTINCT supplier) FROM named GROUP BY language
UNION ALL
SELECT 'delivery', delivery::VARCHAR, list(DISTINCT supplier) FROM named GROUP BY delivery;
