# Run by tests/r/run: the package's examples, and the exports in the folder given.
library(khabar)
dir <- commandArgs(TRUE)[1]
db <- file.path(dir, "n.db")

x <- code(c("Police in Lagos arrested 12 protesters on Sunday.", "", NA), id = c("a", "b", "c"), published = "2026-03-15")
stopifnot(is.data.frame(x), nrow(x) == 1, x$event == "COERCE", x$story == "a", x$begin == "2026-03-15", is.integer(x$sure))
stopifnot(nrow(code("The weather was fine.")) == 0, ncol(code("")) == ncol(x))
e <- tryCatch(khabar_open(file.path(dir, "n.db")), error = conditionMessage)
stopifnot(is.character(e), grepl("model image", e))
e <- tryCatch(read(db, "nosuch"), error = conditionMessage)
stopifnot(grepl("there are story, report", e))
e <- tryCatch(read(file.path(dir, "none.db")), error = conditionMessage)
stopifnot(grepl("no such file", e))

r <- read(db, "report")
stopifnot(is.data.frame(r), nrow(r) == 4, is.integer(r$sure), is.numeric(r$lat), is.character(r$first_day), sum(r$killed_low, na.rm = TRUE) == 46)
for (view in khabar_views) stopifnot(is.data.frame(read(db, view)))
cl <- read(db, "claim")
stopifnot(identical(sort(cl$low[which(cl$kind == "killed")]), c(21L, 25L)))

columns <- c(csv = 38, gdelt = 61, `gdelt-mentions` = 16, phoenix = 26, icews = 20, polecat = 40, acled = 31, ged = 49)
for (format in names(columns)) {
  path <- file.path(dir, format, "rows")
  comma <- format %in% c("csv", "acled", "ged")
  header <- comma || format %in% c("icews", "polecat")
  t <- if (comma) read.csv(path) else read.delim(path, header = header, quote = "")
  stopifnot(ncol(t) == columns[[format]], nrow(t) >= 1)
  cat(format, nrow(t), "rows\n")
}
flat <- read.csv(file.path(dir, "csv", "rows"))
stopifnot(identical(names(flat), names(r)), identical(flat$report, r$report[r$certainty == "happened"][order(r$first_day[r$certainty == "happened"], na.last = FALSE)]))
stopifnot(read.csv(file.path(dir, "acled", "rows"))$fatalities[1] == 25, read.delim(file.path(dir, "icews", "rows"), quote = "")$Intensity[1] == -10)
stopifnot(length(readLines(file.path(dir, "rows.jsonl"))) == 3)
