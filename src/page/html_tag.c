/* See html_tag.h. In: names. Out: elements and what holds for them. */
#include "page/html_tag.h"

#include "base/str.h"

static const struct {
	const char *name;
	unsigned flags;
} tag[KH_TAGS] = {
	[KH_TAG_OTHER] = {"", 0},
	[KH_TAG_A] = {"a", 0},
	[KH_TAG_ABBR] = {"abbr", 0},
	[KH_TAG_ADDRESS] = {"address", KH_TAG_BLOCK},
	[KH_TAG_APPLET] = {"applet", KH_TAG_SKIP},
	[KH_TAG_AREA] = {"area", KH_TAG_VOID},
	[KH_TAG_ARTICLE] = {"article", KH_TAG_BLOCK},
	[KH_TAG_ASIDE] = {"aside", KH_TAG_BLOCK},
	[KH_TAG_AUDIO] = {"audio", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_B] = {"b", 0},
	[KH_TAG_BASE] = {"base", KH_TAG_VOID},
	[KH_TAG_BDI] = {"bdi", 0},
	[KH_TAG_BDO] = {"bdo", 0},
	[KH_TAG_BIG] = {"big", 0},
	[KH_TAG_BLOCKQUOTE] = {"blockquote", KH_TAG_BLOCK},
	[KH_TAG_BODY] = {"body", KH_TAG_BLOCK},
	[KH_TAG_BR] = {"br", KH_TAG_VOID},
	[KH_TAG_BUTTON] = {"button", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_CANVAS] = {"canvas", KH_TAG_SKIP},
	[KH_TAG_CAPTION] = {"caption", KH_TAG_BLOCK},
	[KH_TAG_CENTER] = {"center", KH_TAG_BLOCK},
	[KH_TAG_CITE] = {"cite", 0},
	[KH_TAG_CODE] = {"code", 0},
	[KH_TAG_COL] = {"col", KH_TAG_VOID},
	[KH_TAG_DATA] = {"data", 0},
	[KH_TAG_DATALIST] = {"datalist", KH_TAG_SKIP},
	[KH_TAG_DD] = {"dd", KH_TAG_BLOCK},
	[KH_TAG_DEL] = {"del", 0},
	[KH_TAG_DETAILS] = {"details", KH_TAG_BLOCK},
	[KH_TAG_DFN] = {"dfn", 0},
	[KH_TAG_DIALOG] = {"dialog", KH_TAG_BLOCK},
	[KH_TAG_DIR] = {"dir", KH_TAG_BLOCK},
	[KH_TAG_DIV] = {"div", KH_TAG_BLOCK},
	[KH_TAG_DL] = {"dl", KH_TAG_BLOCK},
	[KH_TAG_DT] = {"dt", KH_TAG_BLOCK},
	[KH_TAG_EM] = {"em", 0},
	[KH_TAG_EMBED] = {"embed", KH_TAG_VOID | KH_TAG_SKIP},
	[KH_TAG_FIELDSET] = {"fieldset", KH_TAG_BLOCK},
	[KH_TAG_FIGCAPTION] = {"figcaption", KH_TAG_BLOCK},
	[KH_TAG_FIGURE] = {"figure", KH_TAG_BLOCK},
	[KH_TAG_FONT] = {"font", 0},
	[KH_TAG_FOOTER] = {"footer", KH_TAG_BLOCK},
	[KH_TAG_FORM] = {"form", KH_TAG_BLOCK},
	[KH_TAG_FRAME] = {"frame", KH_TAG_VOID},
	[KH_TAG_FRAMESET] = {"frameset", KH_TAG_SKIP},
	[KH_TAG_H1] = {"h1", KH_TAG_BLOCK},
	[KH_TAG_H2] = {"h2", KH_TAG_BLOCK},
	[KH_TAG_H3] = {"h3", KH_TAG_BLOCK},
	[KH_TAG_H4] = {"h4", KH_TAG_BLOCK},
	[KH_TAG_H5] = {"h5", KH_TAG_BLOCK},
	[KH_TAG_H6] = {"h6", KH_TAG_BLOCK},
	[KH_TAG_HEAD] = {"head", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_HEADER] = {"header", KH_TAG_BLOCK},
	[KH_TAG_HR] = {"hr", KH_TAG_VOID | KH_TAG_BLOCK},
	[KH_TAG_HTML] = {"html", KH_TAG_BLOCK},
	[KH_TAG_I] = {"i", 0},
	[KH_TAG_IFRAME] = {"iframe", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_IMG] = {"img", KH_TAG_VOID},
	[KH_TAG_INPUT] = {"input", KH_TAG_VOID | KH_TAG_SKIP},
	[KH_TAG_INS] = {"ins", 0},
	[KH_TAG_KBD] = {"kbd", 0},
	[KH_TAG_KEYGEN] = {"keygen", KH_TAG_VOID},
	[KH_TAG_LABEL] = {"label", 0},
	[KH_TAG_LEGEND] = {"legend", KH_TAG_BLOCK},
	[KH_TAG_LI] = {"li", KH_TAG_BLOCK},
	[KH_TAG_LINK] = {"link", KH_TAG_VOID},
	[KH_TAG_MAIN] = {"main", KH_TAG_BLOCK},
	[KH_TAG_MAP] = {"map", KH_TAG_SKIP},
	[KH_TAG_MARK] = {"mark", 0},
	[KH_TAG_MATH] = {"math", KH_TAG_SKIP},
	[KH_TAG_MENU] = {"menu", KH_TAG_BLOCK},
	[KH_TAG_META] = {"meta", KH_TAG_VOID},
	[KH_TAG_METER] = {"meter", 0},
	[KH_TAG_NAV] = {"nav", KH_TAG_BLOCK},
	[KH_TAG_NOFRAMES] = {"noframes", KH_TAG_SKIP},
	[KH_TAG_NOSCRIPT] = {"noscript", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_OBJECT] = {"object", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_OL] = {"ol", KH_TAG_BLOCK},
	[KH_TAG_OPTGROUP] = {"optgroup", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_OPTION] = {"option", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_OUTPUT] = {"output", 0},
	[KH_TAG_P] = {"p", KH_TAG_BLOCK},
	[KH_TAG_PARAM] = {"param", KH_TAG_VOID},
	[KH_TAG_PICTURE] = {"picture", KH_TAG_BLOCK},
	[KH_TAG_PRE] = {"pre", KH_TAG_BLOCK},
	[KH_TAG_PROGRESS] = {"progress", 0},
	[KH_TAG_Q] = {"q", 0},
	[KH_TAG_S] = {"s", 0},
	[KH_TAG_SAMP] = {"samp", 0},
	[KH_TAG_SCRIPT] = {"script", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_SECTION] = {"section", KH_TAG_BLOCK},
	[KH_TAG_SELECT] = {"select", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_SMALL] = {"small", 0},
	[KH_TAG_SOURCE] = {"source", KH_TAG_VOID},
	[KH_TAG_SPAN] = {"span", 0},
	[KH_TAG_STRIKE] = {"strike", 0},
	[KH_TAG_STRONG] = {"strong", 0},
	[KH_TAG_STYLE] = {"style", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_SUB] = {"sub", 0},
	[KH_TAG_SUMMARY] = {"summary", KH_TAG_BLOCK},
	[KH_TAG_SUP] = {"sup", 0},
	[KH_TAG_SVG] = {"svg", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_TABLE] = {"table", KH_TAG_BLOCK},
	[KH_TAG_TBODY] = {"tbody", KH_TAG_BLOCK},
	[KH_TAG_TD] = {"td", KH_TAG_BLOCK},
	[KH_TAG_TEMPLATE] = {"template", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_TEXTAREA] = {"textarea", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_TFOOT] = {"tfoot", KH_TAG_BLOCK},
	[KH_TAG_TH] = {"th", KH_TAG_BLOCK},
	[KH_TAG_THEAD] = {"thead", KH_TAG_BLOCK},
	[KH_TAG_TIME] = {"time", 0},
	[KH_TAG_TITLE] = {"title", 0},
	[KH_TAG_TR] = {"tr", KH_TAG_BLOCK},
	[KH_TAG_TRACK] = {"track", KH_TAG_VOID},
	[KH_TAG_TT] = {"tt", 0},
	[KH_TAG_U] = {"u", 0},
	[KH_TAG_UL] = {"ul", KH_TAG_BLOCK},
	[KH_TAG_VAR] = {"var", 0},
	[KH_TAG_VIDEO] = {"video", KH_TAG_BLOCK | KH_TAG_SKIP},
	[KH_TAG_WBR] = {"wbr", KH_TAG_VOID},
};

enum kh_tag kh_tag_find(kh_str name)
{
	unsigned low = 1, high = KH_TAGS;
	while (low < high) {
		unsigned mid = low + (high - low) / 2;
		int c = kh_str_cmp(kh_str_of(tag[mid].name), name);
		if (c == 0)
			return (enum kh_tag)mid;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return KH_TAG_OTHER;
}

unsigned kh_tag_flags(enum kh_tag t)
{
	return tag[t].flags;
}
