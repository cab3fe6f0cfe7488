# khabar from R: code(text) and read(db, view), each into a data frame.

khabar_views <- c("story", "report", "incident", "claim", "actor_day", "dyad_month", "review")

kept <- new.env(parent = emptyenv())

# The model image: told, $KHABAR_MODEL, or where the installation keeps it.
khabar_open <- function(model = NULL) {
  told <- c(model, Sys.getenv("KHABAR_MODEL"), "/usr/local/share/khabar/khabar-en.model", "/usr/share/khabar/khabar-en.model")
  told <- told[nzchar(told)]
  there <- told[file.exists(told)]
  if (length(there) == 0) stop("no model image; set KHABAR_MODEL or install khabar")
  .Call(C_khabar_open, path.expand(there[1]))
}

khabar_version <- function() .Call(C_khabar_version)

# Reports of texts as a data frame, one row each. `id`, `published`, `source`, `title`, `url` are recycled over the texts.
code <- function(text, id = "", published = "", source = "", title = "", url = "", worker = NULL) {
  if (is.null(worker)) {
    if (is.null(kept$worker)) kept$worker <- khabar_open()
    worker <- kept$worker
  }
  text <- enc2utf8(as.character(text))
  n <- length(text)
  told <- lapply(list(id, published, source, title, url), function(x) rep_len(enc2utf8(as.character(x)), n))
  .Call(C_khabar_code, worker, text, told)
}

# A view of a store as a data frame. The file is opened for reading only.
read <- function(db, view = "report") {
  if (!view %in% khabar_views) stop("no view \"", view, "\"; there are ", paste(khabar_views, collapse = ", "))
  if (!file.exists(db)) stop(db, ": no such file")
  .Call(C_khabar_read, path.expand(db), view)
}
