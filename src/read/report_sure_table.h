/* Fitted by tools/calibrate; weights in hundredths of a logit. Do not edit by hand. */
#ifndef KH_REPORT_SURE_TABLE_H
#define KH_REPORT_SURE_TABLE_H

#include <stdint.h>

#define KH_SURE_FITTED 1

static const int kh_sure_base = -3;
static const int16_t kh_sure_category[17] = {
	0, 73, 33, 69, -315, 14, 108, -129, -60, 83, 194, 62, 51, -218, -45, -40, 73};
static const int16_t kh_sure_actor[3] = {33, 28, -18};
static const int16_t kh_sure_recipient[3] = {37, -20, -14};
static const int16_t kh_sure_order[3] = {50, -92, -30};
static const int16_t kh_sure_mood[3] = {53, -214, -50};
static const int16_t kh_sure_within[2] = {11, -89};
static const int16_t kh_sure_voice[2] = {2, -12};
static const int16_t kh_sure_mode[2] = {-29, 19};
static const int16_t kh_sure_rule[5] = {-46, -109, -102, 16, 84};
/* the share right at -4.0, -3.8 … 4.0 logits, in thousandths */
static const uint16_t kh_sure_share[41] = {
	12, 14, 68, 71, 71, 71, 95, 95, 144, 144, 144, 144, 144, 169,
	172, 272, 310, 349, 396, 434, 449, 483, 490, 575, 625, 819, 846, 868,
	868, 891, 892, 906, 933, 935, 935, 991, 994, 994, 994, 994, 996};

#endif
