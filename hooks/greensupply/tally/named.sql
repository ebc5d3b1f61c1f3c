-- Every supplier that a record names, passed or not, and whether suppliers.csv lists it.
SELECT supplier, supplier IN (SELECT supplier FROM plant)
FROM (SELECT DISTINCT supplier FROM record WHERE supplier IS NOT NULL)
ORDER BY supplier;
