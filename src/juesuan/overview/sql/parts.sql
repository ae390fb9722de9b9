-- 运行清单的每一部分：部门数、完成、未完成、未运行的份数，有错误的份数和错误的项数。
SELECT
    coalesce(part, '') AS part,
    count(DISTINCT key) AS departments,
    count(*) FILTER (status = 'done') AS done,
    count(*) FILTER (status = 'failed') AS failed,
    count(*) FILTER (status = 'left') AS "left",
    count(*) FILTER (errors > 0) AS with_errors,
    coalesce(sum(errors), 0) AS errors
FROM reports
GROUP BY ALL
ORDER BY min(place), min(key)
