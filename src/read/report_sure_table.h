/* Fitted by tools/calibrate; weights in hundredths of a logit. Do not edit by hand. */
#ifndef KH_REPORT_SURE_TABLE_H
#define KH_REPORT_SURE_TABLE_H

#include <stdint.h>

#define KH_SURE_FITTED 1

static const int kh_sure_base = 4;
static const int16_t kh_sure_category[17] = {
	0, 43, 61, 2, -177, -15, 47, -76, 4, 28, 113, -4, 67, -93,
	-1, -5, 3};
static const int16_t kh_sure_actor[3] = {6, -8, 3};
static const int16_t kh_sure_recipient[3] = {0, -3, 5};
static const int16_t kh_sure_order[3] = {38, -56, -41};
static const int16_t kh_sure_mood[3] = {29, -131, -66};
static const int16_t kh_sure_within[2] = {5, -13};
static const int16_t kh_sure_voice[2] = {3, 4};
static const int16_t kh_sure_doer[7] = {9, -7, 0, 10, -48, -36, 27};
static const int16_t kh_sure_mode[60] = {
	-36, -27, -18, -3, -67, 1, -60, -24, -12, 4, 14, 63, 16, 8,
	-7, -3, 44, -12, 1, 22, 30, 4, 0, -28, 30, 22, -9, 19,
	3, 5, 0, 12, -56, -1, -82, 60, -6, -6, 13, -20, -16, -84,
	0, 0, -23, -42, -19, 1, 11, 17, -31, -66, 77, 123, 95, -21,
	1, 2, 66, -20};
static const int16_t kh_sure_rule[12] = {
	-33, -37, -65, -15, -31, -44, -25, 22, 0, 78, 0, 0};
/* the share right at -4.0, -3.8 … 4.0 logits, in thousandths */
static const uint16_t kh_sure_share[41] = {
	17, 21, 24, 30, 32, 38, 40, 57, 84, 107, 120, 140, 158, 168,
	201, 232, 312, 353, 370, 419, 472, 556, 604, 627, 656, 736, 781, 826,
	834, 879, 915, 928, 948, 956, 957, 957, 957, 957, 977, 980, 982};

#endif
