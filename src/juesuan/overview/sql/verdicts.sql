-- 每个年度的部门数、完成与未完成数、各判断的处数、发现的项数。
SELECT
    year,
    count(*) AS departments,
    count(*) FILTER (status = 'done') AS done,
    count(*) FILTER (status = 'failed') AS failed,
    count(*) FILTER (status = 'left') AS "left",
    count(*) FILTER (errors > 0) AS with_errors,
    sum(errors) AS errors,
    sum(warnings) AS warnings,
    sum(infos) AS infos,
    sum(total) AS total,
    sum(exact) AS exact,
    sum(within) AS within,
    sum(boundary) AS boundary,
    sum(truncated) AS truncated,
    sum(inconsistent) AS inconsistent,
    sum(not_assessable) AS not_assessable,
    sum(not_applicable) AS not_applicable
FROM reports
GROUP BY year
ORDER BY year
