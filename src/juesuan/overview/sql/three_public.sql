-- “三公”经费按项目、年度合计（元，精确），只加预算和决算都印了数的部门，使两个合计可比。
WITH kinds (place, label) AS (
    VALUES
    (1, '合计'), (2, '因公出国（境）费'), (3, '公务用车购置及运行费'),
    (4, '公务用车购置费'), (5, '公务用车运行维护费'), (6, '公务接待费')
),

pairs AS (
    SELECT
        key,
        year,
        label,
        any_value(yuan) FILTER ("column" = '预算数') AS budget,
        any_value(yuan) FILTER ("column" = '决算数') AS outturn
    FROM facts
    WHERE chosen AND "table" = 'T7' AND yuan IS NOT NULL
    GROUP BY key, year, label
)

SELECT
    year,
    kinds.label,
    count(*) FILTER (budget IS NOT NULL AND outturn IS NOT NULL) AS departments,
    count(*) FILTER ((budget IS NULL) <> (outturn IS NULL)) AS lone,
    sum(budget) FILTER (outturn IS NOT NULL) AS budget,
    sum(outturn) FILTER (budget IS NOT NULL) AS outturn
FROM kinds
JOIN pairs USING (label)
GROUP BY year, kinds.place, kinds.label
ORDER BY kinds.place, year
