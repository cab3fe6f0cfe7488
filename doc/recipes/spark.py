"""Spark: every partition goes through one process of khabar, a line a story in, a line a report out.

    spark-submit --files khabar-en.model doc/recipes/spark.py hdfs:///stories hdfs:///reports

On paper: no test runs it. What Spark asks of a piped command is what tests/scale/filter holds: lines in, lines out,
nothing else on standard output, status 0 for an empty partition, any other status fails the task, which Spark then runs
again on the same partition with the same result. A story that cannot be read makes status 3; without the `|| test`
below it would fail its task for ever."""
import sys

from pyspark.sql import SparkSession

COMMAND = "sh -c 'KHABAR_MODEL=khabar-en.model khabar code --filter || test $? -eq 3'"

spark = SparkSession.builder.appName("khabar").getOrCreate()
spark.sparkContext.textFile(sys.argv[1]).pipe(COMMAND, checkCode=True).saveAsTextFile(sys.argv[2])
