-- The intensities E2, E5 and E7 of records/metrics.yml, and those of the other measures that are compared with a baseline:
-- sum of the measure and of the output over the plants of all countries that count their output in one unit.
SELECT measure, output_unit, quarter_name(quarter), supplier, sum(amount)::DOUBLE, any_value(output)::DOUBLE
FROM amount JOIN made USING (plant, quarter) JOIN site USING (plant)
WHERE measure IN (SELECT unnest(getvariable('baselined'))) AND since <= quarter AND quarter < gone
GROUP BY measure, output_unit, quarter, supplier
ORDER BY ALL;
