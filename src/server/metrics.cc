#include "server/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/program.h"
#include "base/text.h"

namespace vigil::server {
namespace {

std::string escape_label(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

void begin_metric(std::string& out, std::string_view name, std::string_view help,
                  std::string_view type) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

Metrics::Gauge single(std::string name, std::string help, double value) {
  return {std::move(name), std::move(help), {{{}, value}}};
}

double resident_bytes() {
  const auto text = base::read_file("/proc/self/statm", 4096);
  if (!text) return 0;
  const auto fields = base::words(*text);
  if (fields.size() < 2) return 0;
  const auto pages = base::parse_unsigned(fields[1]);
  return pages ? static_cast<double>(*pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) : 0;
}

double open_files() {
  std::error_code error;
  double count = 0;
  for (auto entry = std::filesystem::directory_iterator("/proc/self/fd", error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    ++count;
  }
  return count;
}

}  // namespace

void Metrics::count_request(std::string_view operation, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(operation), status}];
  Series& series = durations_[std::string(operation)];
  const auto bucket = std::ranges::lower_bound(kBounds, seconds) - kBounds.begin();
  ++series.buckets[static_cast<std::size_t>(bucket)];
  series.sum += seconds;
  ++series.count;
}

std::string Metrics::page(const std::vector<Gauge>& gauges) const {
  std::string out;
  for (const Gauge& gauge : gauges) {
    begin_metric(out, gauge.name, gauge.help, "gauge");
    for (const Gauge::Sample& sample : gauge.samples) {
      out += gauge.name;
      std::string labels;
      for (const auto& [name, value] : sample.labels) {
        labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", name, escape_label(value));
      }
      if (!labels.empty()) out += "{" + labels + "}";
      out += fmt::format(" {}\n", sample.value);
    }
  }
  const std::lock_guard lock(mutex_);
  begin_metric(out, "vigil_requests_total", "Requests answered.", "counter");
  for (const auto& [key, count] : requests_) {
    out += fmt::format("vigil_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n",
                       escape_label(key.first), key.second, count);
  }
  begin_metric(out, "vigil_request_seconds", "How long answers took.", "histogram");
  for (const auto& [operation, series] : durations_) {
    const std::string label = escape_label(operation);
    std::uint64_t below = 0;
    for (std::size_t i = 0; i <= kBounds.size(); ++i) {
      below += series.buckets[i];
      const std::string bound = i < kBounds.size() ? fmt::format("{}", kBounds[i]) : "+Inf";
      out += fmt::format("vigil_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n", label,
                         bound, below);
    }
    out += fmt::format("vigil_request_seconds_sum{{operation=\"{}\"}} {}\n", label, series.sum);
    out += fmt::format("vigil_request_seconds_count{{operation=\"{}\"}} {}\n", label, series.count);
  }
  return out;
}

std::vector<Metrics::Gauge> process_gauges() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  std::vector<Metrics::Gauge> gauges;
  gauges.push_back({"vigil_build_info",
                    "The program's version.",
                    {{{{"version", std::string(base::program_version())}}, 1}}});
  gauges.push_back(single("process_resident_memory_bytes", "Resident memory.", resident_bytes()));
  gauges.push_back(single("process_cpu_seconds", "CPU time used.",
                          seconds(usage.ru_utime) + seconds(usage.ru_stime)));
  gauges.push_back(single("process_open_fds", "Open file descriptors.", open_files()));
  return gauges;
}

}  // namespace vigil::server
