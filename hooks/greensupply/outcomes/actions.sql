-- days-to-action (P9): days from the first whole assessment of a plant to the first action implemented from then on.
SELECT supplier, min(implemented) - assessed
FROM (SELECT supplier, min(day) AS assessed FROM visit WHERE complete AND day < ends GROUP BY supplier)
JOIN opportunity USING (supplier)
WHERE implemented >= assessed
GROUP BY supplier, assessed
ORDER BY supplier;
