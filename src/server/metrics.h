// What the server counts, in the text format Prometheus reads
// (https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::server {

/// Thread-safe. Label values come from a fixed set (operation names, status classes), so that a
/// client cannot make it grow.
class Metrics {
 public:
  /// A request that was answered.
  void count_request(std::string_view operation, int status, double seconds);

  /// A value of the moment, added by whoever writes the page.
  struct Gauge {
    std::string name;
    std::string help;
    struct Sample {
      std::vector<std::pair<std::string, std::string>> labels;
      double value = 0;
    };
    std::vector<Sample> samples;
  };
  [[nodiscard]] std::string page(const std::vector<Gauge>& gauges) const;

 private:
  static constexpr std::array<double, 10> kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025,
                                                     0.05,  0.1,    0.25,  1,    5};
  struct Series {
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double sum = 0;
    std::uint64_t count = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;  ///< by operation and status
  std::map<std::string, Series, std::less<>> durations_;           ///< by operation
};

/// Resident memory, CPU seconds and open files of this process.
std::vector<Metrics::Gauge> process_gauges();

}  // namespace vigil::server
