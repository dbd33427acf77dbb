// How much memory a piece of code takes from the heap at its peak, whoever takes it: the libraries
// that logpress calls included.
#ifndef LOGPRESS_TESTS_PROPERTY_MEMORY_METER_H_
#define LOGPRESS_TESTS_PROPERTY_MEMORY_METER_H_

#include <cstddef>

namespace logpress::testing {

// Measures from construction on. One at a time, and only while one thread runs. The program that
// links it has its malloc replaced, except under a sanitizer, which has replaced it already: there
// nothing is measured and Measures() is false.
class MemoryMeter {
 public:
  MemoryMeter();
  // The most bytes that were held at one time above what was held at construction.
  size_t Peak() const;
  // How often memory was asked for since construction.
  size_t Requests() const;
  static bool Measures();

 private:
  size_t held_before_;
  size_t requests_before_;
};

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_PROPERTY_MEMORY_METER_H_
