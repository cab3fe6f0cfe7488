/* See phrase.h. In: one block or line. Out: is it the page speaking. Short texts only: a paragraph
 * that merely begins like that is left alone. */
#include "page/phrase.h"

#include "base/str.h"

struct phrase {
	const char *z;    /* lower case */
	uint32_t longest; /* characters of the block up to which it counts; 0: the whole block */
};

static const struct phrase list[] = {
	{ "advertisement", 40 },   { "anzeige", 20 },          { "werbung", 20 },        { "publicidad", 30 },
	{ "publicité", 30 },       { "read more", 200 },       { "read also", 200 },     { "also read", 200 },
	{ "read next", 200 },      { "see also", 160 },        { "see more", 60 },       { "more on", 100 },
	{ "more from", 100 },      { "more:", 160 },           { "related:", 200 },      { "related stor", 100 },
	{ "related article", 100 }, { "related topic", 60 },   { "related news", 60 },   { "related coverage", 60 },
	{ "recommended", 80 },     { "you may also", 100 },    { "you might also", 100 }, { "don't miss", 120 },
	{ "don’t miss", 120 },     { "sign up", 220 },         { "subscribe", 200 },     { "follow us", 200 },
	{ "follow @", 80 },        { "share this", 100 },      { "share on", 40 },       { "share:", 60 },
	{ "share", 0 },            { "tweet", 0 },             { "print", 0 },           { "email", 0 },
	{ "e-mail", 0 },           { "facebook", 0 },          { "twitter", 0 },         { "whatsapp", 0 },
	{ "linkedin", 0 },         { "pinterest", 0 },         { "reddit", 0 },          { "copy link", 40 },
	{ "click here to", 160 },  { "click here for", 160 },  { "continue reading", 80 }, { "story continues", 80 },
	{ "article continues", 80 }, { "scroll down", 80 },    { "loading", 20 },        { "comments", 30 },
	{ "leave a comment", 80 }, { "post a comment", 80 },   { "tags:", 200 },         { "tags", 0 },
	{ "topics:", 200 },        { "topics", 0 },            { "filed under", 200 },   { "categories:", 120 },
	{ "posted in", 120 },      { "watch:", 160 },          { "watch more", 120 },    { "watch now", 60 },
	{ "listen:", 120 },        { "video:", 120 },          { "photos:", 120 },       { "photo:", 120 },
	{ "image:", 120 },         { "image credit", 160 },    { "photo credit", 160 },  { "photo by", 120 },
	{ "picture:", 120 },       { "getty images", 60 },     { "download the", 160 },  { "get the app", 80 },
	{ "join our", 160 },       { "join the conversation", 160 }, { "support our", 200 }, { "all rights reserved", 120 },
	{ "copyright ©", 160 },    { "© copyright", 160 },     { "our standards:", 120 }, { "skip to", 60 },
	{ "skip advert", 40 },     { "back to top", 40 },      { "view comments", 60 },  { "show comments", 60 },
	{ "most read", 60 },       { "most popular", 60 },     { "trending", 60 },       { "latest news", 60 },
	{ "top stories", 60 },     { "sponsored", 60 },        { "promoted", 60 },       { "newsletter", 120 },
	{ "enter your email", 160 }, { "your email", 100 },    { "thank you for sign", 120 }, { "thanks for sign", 120 },
	{ "lesen sie auch", 200 }, { "lesen sie hier", 200 },  { "mehr zum thema", 120 }, { "mehr zu", 100 },
	{ "mehr dazu", 160 },      { "auch interessant", 120 }, { "weiterlesen", 80 },   { "lies auch", 160 },
	{ "zum thema", 60 },       { "foto:", 120 },           { "bild:", 120 },         { "quelle:", 120 },
	{ "teilen", 0 },           { "drucken", 0 },           { "newsletter abonnieren", 120 }, { "lire aussi", 200 },
	{ "à lire aussi", 200 },   { "lea también", 160 },     { "lee también", 160 },   { "leggi anche", 200 },
	{ "leia também", 160 },    { "leia mais", 160 },       { "lees ook", 160 },      { "läs mer", 120 },
	{ "läs också", 160 },      { "les også", 160 },        { "læs også", 160 },      { "czytaj też", 160 },
	{ "czytaj także", 160 },   { "zobacz także", 160 },    { "читайте также", 200 }, { "baca juga", 200 },
	{ "اقرأ أيضا", 200 },      { "ver también", 160 },     { "por favor", 0 },       { "this site uses cookies", 300 },
	{ "we use cookies", 300 }, { "javascript is", 200 },   { "please enable", 200 }, { "your browser", 200 },
};

bool kh_phrase_junk(kh_str text, uint32_t chars)
{
	kh_str s = kh_str_trim(text);
	if (chars > 320)
		return false;
	for (size_t i = 0; i < KH_COUNT(list); i++) {
		size_t n = strlen(list[i].z);
		if (s.n < n || chars > list[i].longest + (list[i].longest ? 0 : (uint32_t)n + 1))
			continue;
		if (kh_str_ieq(kh_str_sub(s, 0, n), (kh_str){ list[i].z, n }))
			return true;
	}
	return false;
}
