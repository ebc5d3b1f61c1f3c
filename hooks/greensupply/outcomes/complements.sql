-- complements (H17): what one country's programmes ask for of a whole year, where a sum over plants means something; of
-- plants on the list at the year's end, each in the country that the complement belongs to.
SELECT complement, year::VARCHAR, supplier, value
FROM (
    SELECT
        unnest(getvariable('complements')) AS complement,
        unnest(getvariable('complement_countries')) AS country,
        unnest(getvariable('complement_suppliers')) AS supplier,
        unnest(getvariable('complement_years')) AS year,
        unnest(getvariable('complement_values')) AS value
)
JOIN site USING (supplier, country)
WHERE year * 4 + 3 < quarter_of(getvariable('until')) AND since <= year * 4 + 3 AND year * 4 + 3 < gone
ORDER BY ALL;
