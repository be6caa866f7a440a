// The score of every CVSS v4.0 macrovector, in tenths: the published lookup table of the standard
// (FIRST, "CVSS v4.0 Specification", section 8.2, and the calculator it refers to). Facts, not
// code: change nothing here but to follow the standard.
//
// A row holds EQ1, EQ2, EQ3; its 18 columns are EQ4 (0..2) x EQ5 (0..2) x EQ6 (0..1), EQ6 fastest.
// 0 marks the combinations that cannot occur (EQ3=2 with EQ6=0). The levels of the equivalence sets
// are in cvss_v4.cc.
#pragma once

#include <array>
#include <cstdint>

namespace vigil::model {

// clang-format off
inline constexpr std::array<std::uint8_t, 324> kCvss4MacrovectorTenths = {
    // EQ1=0 EQ2=0
    100, 99, 98, 95, 95, 92,100, 96, 93, 87, 91, 81, 93, 90, 89, 80, 81, 68,
     98, 95, 95, 92, 90, 84, 93, 92, 89, 81, 81, 65, 88, 80, 78, 70, 69, 48,
      0, 92,  0, 82,  0, 72,  0, 79,  0, 69,  0, 50,  0, 69,  0, 55,  0, 27,
    // EQ1=0 EQ2=1
     99, 97, 95, 92, 92, 85, 95, 91, 90, 83, 84, 71, 92, 81, 82, 71, 72, 53,
     95, 93, 92, 85, 85, 73, 92, 82, 80, 72, 70, 59, 84, 70, 71, 52, 50, 30,
      0, 86,  0, 75,  0, 52,  0, 71,  0, 52,  0, 29,  0, 63,  0, 29,  0, 17,
    // EQ1=1 EQ2=0
     98, 95, 94, 87, 91, 81, 94, 89, 86, 74, 77, 64, 87, 75, 74, 63, 63, 49,
     94, 89, 88, 77, 76, 67, 86, 76, 74, 58, 59, 50, 72, 57, 57, 52, 52, 25,
      0, 83,  0, 70,  0, 54,  0, 65,  0, 58,  0, 26,  0, 53,  0, 21,  0, 13,
    // EQ1=1 EQ2=1
     95, 90, 88, 76, 76, 70, 90, 77, 75, 62, 61, 53, 77, 66, 68, 59, 52, 30,
     89, 78, 76, 67, 62, 58, 74, 59, 57, 57, 47, 23, 61, 52, 57, 29, 24, 16,
      0, 71,  0, 59,  0, 30,  0, 58,  0, 26,  0, 15,  0, 23,  0, 13,  0,  6,
    // EQ1=2 EQ2=0
     93, 87, 86, 72, 75, 58, 86, 74, 74, 61, 56, 34, 70, 54, 52, 40, 40, 22,
     85, 75, 74, 55, 62, 51, 72, 57, 55, 41, 46, 19, 53, 36, 34, 19, 19,  8,
      0, 64,  0, 51,  0, 20,  0, 47,  0, 21,  0, 11,  0, 24,  0,  9,  0,  4,
    // EQ1=2 EQ2=1
     88, 75, 73, 53, 60, 50, 73, 55, 59, 40, 41, 20, 54, 43, 45, 22, 20, 11,
     75, 55, 58, 45, 40, 21, 61, 51, 48, 18, 20,  9, 46, 18, 17,  7,  8,  2,
      0, 53,  0, 24,  0, 14,  0, 24,  0, 12,  0,  5,  0, 10,  0,  3,  0,  1,
};
// clang-format on

}  // namespace vigil::model
