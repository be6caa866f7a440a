// CPU and wall time of this process between two points.
#pragma once

#include <sys/resource.h>

#include <chrono>

namespace vigil::bench {

struct Times {
  double wall = 0;  ///< seconds
  double cpu = 0;   ///< user and system seconds of all threads

  Times& operator+=(const Times& other) {
    wall += other.wall;
    cpu += other.cpu;
    return *this;
  }
};

class Meter {
 public:
  [[nodiscard]] Times taken() const {
    const Times now = read();
    return {now.wall - start_.wall, now.cpu - start_.cpu};
  }

 private:
  static Times read() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now().time_since_epoch();
    return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime)};
  }

  Times start_ = read();
};

inline long long peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<long long>(usage.ru_maxrss) * 1024;
}

}  // namespace vigil::bench
