/* Fitted by tools/calibrate; weights in hundredths of a logit. Do not edit by hand. */
#ifndef KH_REPORT_SURE_TABLE_H
#define KH_REPORT_SURE_TABLE_H

#include <stdint.h>

#define KH_SURE_FITTED 1

static const int kh_sure_base = 4;
static const int16_t kh_sure_category[17] = {
	0, 42, 51, 22, -182, -20, 50, -67, -3, 39, 128, 7, 70, -94,
	-19, -8, -3};
static const int16_t kh_sure_actor[3] = {8, -14, 3};
static const int16_t kh_sure_recipient[3] = {6, -11, 5};
static const int16_t kh_sure_order[3] = {37, -50, -49};
static const int16_t kh_sure_mood[3] = {30, -127, -72};
static const int16_t kh_sure_within[2] = {6, -23};
static const int16_t kh_sure_voice[2] = {4, 2};
static const int16_t kh_sure_doer[7] = {9, -8, 0, 22, -54, -42, 28};
static const int16_t kh_sure_mode[60] = {
	-36, -34, -13, 6, -87, 1, -62, -17, -18, 24, 11, 75, 7, -2,
	-2, 14, 36, -10, 9, 28, 20, 2, 0, -40, 33, 16, -10, 19,
	3, 12, 0, 1, -46, 0, -80, 32, -6, 9, 14, -28, -12, -81,
	0, 0, -19, -39, -16, 6, 10, 12, -25, -24, 75, 117, 95, -17,
	-21, -11, 55, -20};
static const int16_t kh_sure_rule[12] = {
	-47, -21, -40, -47, -35, -54, -10, 27, 0, 72, 0, 0};
/* the share right at -4.0, -3.8 … 4.0 logits, in thousandths */
static const uint16_t kh_sure_share[41] = {
	17, 20, 25, 31, 31, 39, 45, 61, 69, 93, 106, 108, 163, 195,
	248, 248, 270, 331, 379, 424, 500, 541, 587, 600, 646, 727, 787, 828,
	844, 889, 915, 929, 929, 945, 945, 961, 961, 970, 976, 981, 984};

#endif
