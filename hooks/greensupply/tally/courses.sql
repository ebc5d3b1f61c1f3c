-- courses (H10): train-the-trainer courses up to the last day counted, each with its quarter and how many took part; the
-- rules of privacy leave out the smallest.
SELECT country, quarter_name(quarter_of(day)), participants
FROM (
    SELECT
        unnest(getvariable('course_countries')) AS country,
        unnest(getvariable('course_days')) AS day,
        unnest(getvariable('course_participants')) AS participants
)
WHERE day < getvariable('until')
ORDER BY day, country, participants;
