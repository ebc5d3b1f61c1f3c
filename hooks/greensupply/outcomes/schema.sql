-- Plants of the list, and the rows that hold of them; a row of a plant that is not on the list is in no table.
--
-- Quarters are whole numbers, as in tally/schema.sql. A plant that left takes part up to its last day on the list.
CREATE TEMP TABLE site AS  -- in scope from `since` until before `gone`, as in tally/reach.sql
SELECT
    number AS plant,
    supplier,
    country::VARCHAR AS country,
    place,
    quarter_of(listed_on) AS since,
    coalesce(quarter_of(left_on + 1), never()) AS gone,
    least(left_on + 1, getvariable('until')::DATE) AS ends,  -- what is of that day or later is not counted
    coalesce(quarter_of(contacted_on), never()) AS contacted,
    coalesce(quarter_of(enrolled_on), never()) AS enrolled
FROM plant
JOIN (
    SELECT
        unnest(getvariable('suppliers')) AS supplier,
        unnest(getvariable('places')) AS place,
        unnest(getvariable('contacted_on')) AS contacted_on,
        unnest(getvariable('enrolled_on')) AS enrolled_on
) USING (supplier)
WHERE listed_on < getvariable('until');

CREATE TEMP TABLE quarter AS
SELECT unnest(generate_series((SELECT min(since) FROM site), quarter_of(getvariable('until')) - 1)) AS q;

CREATE TEMP TABLE worth AS  -- what one unit of an input adds to a measure, in the measure's unit
SELECT
    unnest(getvariable('worth_input')) AS input,
    unnest(getvariable('worth_unit')) AS unit,
    unnest(getvariable('worth_place')) AS place,
    unnest(getvariable('worth_year')) AS year,
    unnest(getvariable('worth_measure')) AS measure,
    unnest(getvariable('worth')) AS worth;

CREATE TEMP TABLE rate AS  -- US dollars for one unit of a currency
SELECT
    unnest(getvariable('currencies')) AS currency,
    unnest(getvariable('rate_years')) AS year,
    unnest(getvariable('rates')) AS dollars;

CREATE TEMP TABLE visit AS  -- assessments
SELECT * EXCLUDE (supplier), supplier
FROM (
    SELECT
        unnest(getvariable('visits')) AS id,
        unnest(getvariable('visit_suppliers')) AS supplier,
        unnest(getvariable('visit_days')) AS day,
        unnest(getvariable('visit_hours')) AS hours,
        unnest(getvariable('visit_complete')) AS complete
)
JOIN site USING (supplier);

-- The day on which an opportunity had come at least so far, for each status. It is identified by whom its assessment
-- visited; without the assessment it is of no plant.
CREATE TEMP TABLE opportunity AS
SELECT
    plant,
    supplier,
    country,
    place,
    written.* EXCLUDE (assessment, identified_on, committed_on, implemented_on, verified_on),
    CASE WHEN least(identified_on, committed_on, implemented_on, verified_on) < ends
        THEN least(identified_on, committed_on, implemented_on, verified_on) END AS identified,
    CASE WHEN least(committed_on, implemented_on, verified_on) < ends
        THEN least(committed_on, implemented_on, verified_on) END AS committed,
    CASE WHEN least(implemented_on, verified_on) < ends THEN least(implemented_on, verified_on) END AS implemented,
    CASE WHEN verified_on < ends THEN verified_on END AS verified
FROM (
    SELECT
        unnest(getvariable('opportunity_assessments')) AS assessment,
        unnest(getvariable('opportunity_inputs')) AS input,
        unnest(getvariable('opportunity_units')) AS unit,
        unnest(getvariable('baselines')) AS baseline,
        unnest(getvariable('expected')) AS expected,
        unnest(getvariable('actual')) AS actual,
        unnest(getvariable('indices')) AS index,
        unnest(getvariable('opportunity_classes')) AS data_class,
        unnest(getvariable('savings')) AS saving,
        unnest(getvariable('verified_savings')) AS verified_saving,
        unnest(getvariable('costs')) AS cost,
        unnest(getvariable('opportunity_currencies')) AS currency,
        unnest(getvariable('identified_on')) AS identified_on,
        unnest(getvariable('committed_on')) AS committed_on,
        unnest(getvariable('implemented_on')) AS implemented_on,
        unnest(getvariable('verified_on')) AS verified_on
) AS written
JOIN visit ON visit.id = written.assessment;

CREATE TEMP TABLE measurement AS  -- of closed quarters, also of those before the plant was listed
SELECT *
FROM (
    SELECT
        unnest(getvariable('measured_suppliers')) AS supplier,
        unnest(getvariable('measured_quarters')) AS quarter,
        unnest(getvariable('measured_inputs')) AS input,
        unnest(getvariable('measured_values')) AS value,
        unnest(getvariable('measured_units')) AS unit,
        unnest(getvariable('outputs')) AS output,
        unnest(getvariable('output_units')) AS output_unit,
        unnest(getvariable('measured_classes')) AS data_class,
        unnest(getvariable('measured_recorded_on')) AS recorded_on
)
JOIN site USING (supplier)
WHERE quarter < quarter_of(getvariable('until'));

-- Sums are of decimals, for a sum of binary fractions depends on the order in which they come.
CREATE TEMP TABLE amount AS
SELECT plant, quarter, measure, data_class, sum((value * worth)::DECIMAL(38, 9)) AS amount
FROM measurement JOIN worth ON
    (worth.input, worth.unit, worth.place, worth.year)
    = (measurement.input, measurement.unit, measurement.place, quarter // 4)
GROUP BY ALL;

-- What a plant made in a quarter is one number, which each of its rows says; where they differ, the last recorded holds.
CREATE TEMP TABLE made AS
SELECT
    plant,
    quarter,
    arg_max(output::DECIMAL(38, 9), (recorded_on, output_unit, output)) AS output,
    arg_max(output_unit, (recorded_on, output_unit, output)) AS output_unit
FROM measurement
WHERE output_unit <> ''
GROUP BY ALL;
