-- trainers (T5), trainers-by-group (H9), active-trainers (T6): people on the trainer ladder on the last day counted, by
-- country and rung, and whether a class record or a train-the-trainer course of the last six months names them.
--
-- A person stands on the highest rung that is valid on that day. Certified and master trainers for whom no last day is
-- written stand there for `renewal_months`.
WITH held AS (
    SELECT
        unnest(getvariable('trainers')) AS pseudonym,
        unnest(getvariable('trainer_rungs')) AS rung,
        unnest(getvariable('trainer_countries')) AS country,
        unnest(getvariable('trainer_since')) AS since,
        unnest(getvariable('trainer_until')) AS until
),
valid AS (
    SELECT
        try(unhex(pseudonym)::UUID) AS trainer,
        country,
        since,
        list_position(getvariable('ladder'), rung) AS height
    FROM held
    WHERE rung IN (SELECT unnest(getvariable('ladder')))
        AND since < getvariable('until')
        AND coalesce(
            until + 1,
            CASE WHEN rung IN (SELECT unnest(getvariable('qualified')))
                THEN since + to_months(getvariable('renewal_months'))
            END,
            getvariable('until')
        ) >= getvariable('until')
),
person AS (
    SELECT trainer, arg_max(country, (height, since)) AS country, max(height) AS height FROM valid GROUP BY trainer
),
delivered AS (
    SELECT instructor AS trainer FROM record WHERE delivery = 'classroom' AND instructor IS NOT NULL
    UNION
    SELECT try(unhex(leader)::UUID)
    FROM (SELECT unnest(getvariable('leaders')) AS leader, unnest(getvariable('led_on')) AS day)
    WHERE day >= getvariable('since')::DATE AND day < getvariable('until')
)
SELECT
    country,
    getvariable('ladder')[height] AS rung,
    trainer IN (SELECT trainer FROM delivered WHERE trainer IS NOT NULL) AS active,
    count(*)
FROM person
GROUP BY ALL
ORDER BY ALL;
