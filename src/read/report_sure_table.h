/* Fitted by tools/calibrate; weights in hundredths of a logit. Do not edit by hand. */
#ifndef KH_REPORT_SURE_TABLE_H
#define KH_REPORT_SURE_TABLE_H

#include <stdint.h>

#define KH_SURE_FITTED 1

static const int kh_sure_base = -5;
static const int16_t kh_sure_category[17] = {
	0, 77, 42, 64, -323, 5, 101, -123, -63, 73, 164, 60, 47, -211, -41, -25, 84};
static const int16_t kh_sure_actor[3] = {24, 6, -14};
static const int16_t kh_sure_recipient[3] = {33, -31, -13};
static const int16_t kh_sure_order[3] = {43, -98, -14};
static const int16_t kh_sure_mood[3] = {53, -229, -47};
static const int16_t kh_sure_within[2] = {11, -102};
static const int16_t kh_sure_voice[2] = {4, -23};
static const int16_t kh_sure_mode[2] = {-27, 15};
static const int16_t kh_sure_rule[5] = {-63, -91, -98, 7, 85};
/* the share right at -4.0, -3.8 … 4.0 logits, in thousandths */
static const uint16_t kh_sure_share[41] = {
	14, 44, 44, 47, 47, 84, 129, 151, 151, 151, 151, 151, 151, 164,
	257, 319, 322, 322, 351, 367, 457, 502, 536, 617, 662, 806, 842, 855,
	871, 871, 887, 898, 918, 952, 962, 989, 989, 989, 989, 989, 989};

#endif
