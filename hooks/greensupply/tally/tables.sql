-- learners (H1), learners-by-group (H4), training-hours (T7), mexican-focus (T8): for each property, how many learners
-- have just these labels, so that any of them can be added up without counting a learner twice.
--
-- A set of labels is a string of bits, the first label last.
WITH person AS (
    SELECT
        bit_or(1 << enum_code(country)) AS country,
        bit_or(set_bit(
            bitstring('0', getvariable('module_count')),
            getvariable('module_count') - 1 - enum_code(module)::INTEGER,
            1
        )) AS module,
        bit_or(1 << enum_code(language)) AS language,
        bit_or(1 << enum_code(delivery)) AS delivery
    FROM first
    GROUP BY learner
)
SELECT 'country', country::BIT::VARCHAR, count(*) FROM person GROUP BY country
UNION ALL
SELECT 'module', module::VARCHAR, count(*) FROM person GROUP BY module
UNION ALL
SELECT 'language', language::BIT::VARCHAR, count(*) FROM person GROUP BY language
UNION ALL
SELECT 'delivery', delivery::BIT::VARCHAR, count(*) FROM person GROUP BY delivery;
