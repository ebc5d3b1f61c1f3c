-- opportunities (H14), implementation (P7), expected-savings (H15), realisation (P8), saved (E15), invested (E15i),
-- payback (E15p), expected-quantities (E14e), avoided-quantities (E14v): what the opportunities of
-- each plant add up to on the last day counted.
--
-- Money is in US dollars of its year: what is expected by the rate of the year in which the opportunity was identified,
-- what was found by that of its verification, what was invested by that of its implementation. Where a rate is not
-- listed, that money is in no sum; and what was found, what was expected of it and what it cost count together or not at
-- all, for they are divided by one another.
WITH dollars AS (
    SELECT
        opportunity.*,
        saving * expecting.dollars AS saving_then,
        verified_saving * finding.dollars AS saved,
        cost * investing.dollars AS invested
    FROM opportunity
    LEFT JOIN rate AS expecting
        ON expecting.currency = opportunity.currency AND expecting.year = year(identified)
    LEFT JOIN rate AS finding ON finding.currency = opportunity.currency AND finding.year = year(verified)
    LEFT JOIN rate AS investing
        ON investing.currency = opportunity.currency AND investing.year = year(implemented)
),
money AS (
    SELECT *, saving_then IS NOT NULL AND saved IS NOT NULL AND invested IS NOT NULL AS closed FROM dollars
),
added AS (
    SELECT
        country,
        supplier,
        data_class,
        unnest([
            {'measure': 'count:identified', 'amount': if(identified IS NOT NULL, 1, NULL)},
            {'measure': 'count:committed', 'amount': if(committed IS NOT NULL, 1, NULL)},
            {'measure': 'count:implemented', 'amount': if(implemented IS NOT NULL, 1, NULL)},
            {'measure': 'count:verified', 'amount': if(verified IS NOT NULL, 1, NULL)},
            {'measure': 'saving:identified', 'amount': if(identified IS NOT NULL, saving_then, NULL)},
            {'measure': 'saving:committed', 'amount': if(committed IS NOT NULL, saving_then, NULL)},
            {'measure': 'saving:implemented', 'amount': if(implemented IS NOT NULL, saving_then, NULL)},
            {'measure': 'saving:verified', 'amount': if(closed, saving_then, NULL)},
            {'measure': 'saved', 'amount': if(closed, saved, NULL)},
            {'measure': 'invested', 'amount': if(closed, invested, NULL)}
        ]) AS part
    FROM money
),
saved AS (  -- quantities, by the factors of the year in which they came about
    SELECT country, supplier, 'avoid:' || measure AS measure, '' AS data_class, expected * worth AS amount
    FROM opportunity JOIN worth USING (input, unit, place)
    WHERE worth.year = year(implemented)
    UNION ALL
    SELECT country, supplier, 'avoided:' || measure, data_class, (baseline * index - actual) * worth
    FROM opportunity JOIN worth USING (input, unit, place)
    WHERE worth.year = year(verified)
)
SELECT measure, country, '', supplier, data_class, sum(amount::DECIMAL(38, 9))::DOUBLE
FROM (
    SELECT country, supplier, '' AS data_class, part.measure AS measure, part.amount AS amount FROM added
    UNION ALL
    SELECT country, supplier, data_class, measure, amount
    FROM saved
    WHERE split_part(measure, ':', 2) IN (SELECT unnest(getvariable('baselined')))
)
WHERE amount IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
