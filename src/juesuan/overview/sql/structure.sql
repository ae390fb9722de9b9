-- 一般公共预算支出按类合计（元，精确），每年一组；名称取该年各部门最常用的一个。
SELECT
    year,
    code,
    mode(label) AS label,
    sum(yuan) AS yuan,
    count(*) AS departments
FROM facts
WHERE
    chosen AND "table" = 'T5' AND "column" = '合计' AND yuan IS NOT NULL
    AND regexp_full_match(code, '[0-9]{3}')
GROUP BY year, code
ORDER BY year, code
