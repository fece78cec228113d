import RotationEngine

/// One metric with all its values, as Prometheus reads it.
///
/// Values carry no time of their own: node_exporter leaves a whole file out in which one does. How fresh a file is
/// tells `node_textfile_mtime_seconds`.
struct MetricFamily {
  /// Its name: `waltz_run_info`.
  let name: String

  /// What it says, in a line.
  let help: String

  private var samples: [String] = []

  init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
  }

  /// Adds a value that is written already.
  ///
  /// - Parameters:
  ///   - labels: Names and values, in their order.
  ///   - value: A number in decimal digits.
  mutating func add(_ labels: [(name: String, value: String)], _ value: String) {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
    samples.append("\(name){\(pairs)} \(value)")
  }

  mutating func add(_ labels: [(name: String, value: String)], _ value: Int) {
    add(labels, String(value))
  }

  mutating func add(_ labels: [(name: String, value: String)], _ isSo: Bool) {
    add(labels, isSo ? 1 : 0)
  }

  /// Adds an instant, in seconds since 1970.
  mutating func add(_ labels: [(name: String, value: String)], _ instant: Instant) {
    add(labels, Self.decimal(instant.milliseconds, digits: 3))
  }

  /// Its lines; with its help and its type also where it has no value, so that a reader finds what there may be.
  var text: String {
    "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + samples.map { $0 + "\n" }.joined()
  }

  /// A number of thousandths, millionths and so on in decimal digits: `0.928571`, `12`, `-0.5`.
  static func decimal(_ value: some BinaryInteger, digits: Int) -> String {
    let magnitude = String(value.magnitude)
    let padded = String(repeating: "0", count: max(0, digits + 1 - magnitude.count)) + magnitude
    var fraction = padded.suffix(digits)
    while fraction.last == "0" { fraction.removeLast() }
    let whole = (value < 0 ? "-" : "") + padded.dropLast(digits)
    return fraction.isEmpty ? whole : "\(whole).\(fraction)"
  }

  /// A label's value between its quotes: no line ends in it, nothing that does not show.
  private static func escaped(_ value: String) -> String {
    visible(value, unicode: false).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
