-- Types, tables and the names of periods. Enums keep the order of display and take a byte or two in each row.
CREATE TYPE country AS ENUM (SELECT unnest(getvariable('countries')));
CREATE TYPE language AS ENUM (SELECT unnest(getvariable('languages')));
CREATE TYPE delivery AS ENUM (SELECT unnest(getvariable('deliveries')));
CREATE TYPE module AS ENUM (SELECT unnest(getvariable('modules')));

CREATE TEMP TABLE study AS  -- minutes of each module, and whether it is of the supplier pathway
SELECT
    unnest(getvariable('modules'))::module AS module,
    unnest(getvariable('minutes')) AS minutes,
    unnest(getvariable('modules')) IN (SELECT unnest(getvariable('core'))) AS in_core;

CREATE TEMP TABLE plant AS  -- suppliers.csv
SELECT
    unnest(range(len(getvariable('suppliers')))) AS number,
    unnest(getvariable('suppliers')) AS supplier,
    unnest(getvariable('supplier_countries'))::country AS country,
    unnest(getvariable('listed_on')) AS listed_on,
    unnest(getvariable('left_on')) AS left_on;

CREATE TEMP TABLE record (
    id UUID,
    learner UUID,
    supplier VARCHAR,
    country country,
    module module,
    revision USMALLINT,
    language language,
    delivery delivery,
    instructor UUID,
    score DOUBLE,
    passed BOOLEAN,
    completed_at TIMESTAMP,
    broken BOOLEAN
);

-- A month is a whole number, year x 12 + month - 1; a quarter is a third of it.
CREATE TEMP MACRO month_of(day) AS (year(day) * 12 + month(day) - 1)::INTEGER;
CREATE TEMP MACRO quarter_of(day) AS month_of(day) // 3;
CREATE TEMP MACRO month_name(number) AS format('{}-{:02d}', number // 12, number % 12 + 1);
CREATE TEMP MACRO quarter_name(number) AS format('{}-Q{}', number // 4, number % 4 + 1);
CREATE TEMP MACRO never() AS 999999;

SET VARIABLE since = (SELECT strftime(getvariable('until') - to_months(getvariable('active_months')), '%Y-%m-%d'));
