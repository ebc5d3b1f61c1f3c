-- compared-quantities (E14), normalized-change (E14c), data-quality (H16), and the quantities of metrics E1 to E13,
-- which records/metrics.yml defines: what each plant on the list adds to each measure in a closed quarter, by how it was
-- found.
--
-- The baseline of a plant and measure is its first calendar year with all four quarters reported in one unit of output;
-- `@now` and `@expected` are of the quarters after that year, in that unit.
WITH whole AS (
    SELECT plant, quarter, measure, sum(amount) AS amount FROM amount GROUP BY ALL
),
year AS (
    SELECT
        plant,
        measure,
        quarter // 4 AS year,
        any_value(output_unit) AS output_unit,
        sum(amount)::DOUBLE / sum(output)::DOUBLE AS intensity
    FROM whole JOIN made USING (plant, quarter)
    WHERE measure IN (SELECT unnest(getvariable('baselined')))
    GROUP BY ALL
    HAVING count(*) = 4 AND count(DISTINCT output_unit) = 1 AND sum(output) > 0
),
baseline AS (
    SELECT * FROM year QUALIFY row_number() OVER (PARTITION BY plant, measure ORDER BY year) = 1
),
compared AS (
    SELECT plant, quarter, measure, amount, intensity * output::DOUBLE AS expected
    FROM whole JOIN made USING (plant, quarter) JOIN baseline USING (plant, measure, output_unit)
    WHERE quarter // 4 > baseline.year
),
added AS (
    SELECT plant, quarter, measure, data_class, amount::DOUBLE AS amount FROM amount
    UNION ALL
    SELECT plant, quarter, measure || '@now', '', amount::DOUBLE FROM compared
    UNION ALL
    SELECT plant, quarter, measure || '@expected', '', expected FROM compared
)
SELECT measure, country, quarter_name(quarter), supplier, data_class, amount
FROM added JOIN site USING (plant)
WHERE since <= quarter AND quarter < gone
ORDER BY ALL;
