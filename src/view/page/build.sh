#!/bin/sh
# build.sh SOURCE OUT WORK: the page as arrays of C. npm ci and esbuild run in WORK, never in the source folder.
set -eu
source=$1 out=$2 work=$3
mkdir -p "$work"
work=$(cd "$work" && pwd)

array() { # NAME FILE
	printf 'extern const unsigned char %s[];\nconst unsigned char %s[] = {' "$1" "$1"
	od -An -v -tx1 "$2" | sed 's/ \(..\)/0x\1,/g'
	printf '0};\nextern const unsigned long %s_n;\nconst unsigned long %s_n = %s;\n' "$1" "$1" "$(wc -c < "$2")"
}

bundle() {
	cp "$source"/package.json "$source"/package-lock.json "$source"/*.jsx "$source"/*.js "$source"/*.css "$work"/ 2>/dev/null || :
	cd "$work"
	npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 \
		--loglevel=error >npm.log 2>&1 || return 1
	node_modules/.bin/esbuild app.jsx --bundle --minify --format=esm --target=es2020 --jsx=automatic \
		--jsx-import-source=preact --outfile=app.js --legal-comments=none --log-level=warning || return 1
	gzip -9nc app.js > app.js.gz && gzip -9nc app.css > app.css.gz || return 1
	gzip -9nc node_modules/world-atlas/countries-110m.json > world.json.gz
}

built=0
if command -v npm >/dev/null 2>&1; then
	if (bundle); then built=1; else echo "khabar: npm could not build the page (see $work/npm.log); it is left out" >&2; fi
else
	echo "khabar: npm is not here; the page of khabar serve is left out" >&2
fi
page=$source/page.html
if [ $built = 0 ]; then
	page=$work/none.html
	cat > "$page" <<'HTML'
<!doctype html><html lang="en"><meta charset="utf-8"><title>khabar</title><h1>khabar</h1>
<p>This khabar was built without npm, so its page is not in it. The data is: <a href="/api/info">/api/info</a>.</p></html>
HTML
	for f in app.js app.css world.json; do printf '' | gzip -9nc > "$work/$f.gz"; done
fi
{
	echo "/* Made from page/: see meson.build. */"
	array kh_page_html "$page"
	array kh_page_js "$work/app.js.gz"
	array kh_page_css "$work/app.css.gz"
	array kh_page_world "$work/world.json.gz"
	array kh_page_icon "$source/icon.svg"
	printf 'extern const int kh_page_built;\nconst int kh_page_built = %s;\n' $built
} > "$out"
