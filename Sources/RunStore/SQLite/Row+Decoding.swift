internal import GRDB
internal import RotationEngine

/// A value in the file that the schema does not allow: the file is damaged. GRDB's own subscripts would
/// stop the process.
struct DamagedValue: Error, CustomStringConvertible {
  let column: String

  var description: String { "the column \(column) has a value that it cannot have" }
}

extension Row {
  /// The value of a column that always has one.
  func required<Value: DatabaseValueConvertible>(_ column: Int) throws -> Value {
    guard let value = Value.fromDatabaseValue(self[column]) else { throw damaged(column) }
    return value
  }

  /// The value of a column that may be null.
  func optional<Value: DatabaseValueConvertible>(_ column: Int) throws -> Value? {
    let stored: DatabaseValue = self[column]
    if stored.isNull { return nil }
    guard let value = Value.fromDatabaseValue(stored) else { throw damaged(column) }
    return value
  }

  /// The number of a column that always has one, read straight from the statement's row.
  func number(_ column: Int) throws -> Int64 {
    guard let value: Int64 = self[column] else { throw damaged(column) }
    return value
  }

  /// The text of a column that always has some, read straight from the statement's row.
  func text(_ column: Int) throws -> String {
    guard let value: String = self[column] else { throw damaged(column) }
    return value
  }

  /// The bytes of a column that always has some, in one copy.
  func bytes(_ column: Int) throws -> [UInt8] {
    try withUnsafeData(atIndex: column) { data in
      guard let data else { throw damaged(column) }
      return Array(data)
    }
  }

  /// The number of a column that always has one, in a range.
  func required(_ column: Int, in range: ClosedRange<Int>) throws -> Int {
    let value: Int = try required(column)
    guard range.contains(value) else { throw damaged(column) }
    return value
  }

  /// The time of a column that always has one.
  func instant(_ column: Int) throws -> Instant {
    guard let instant = Instant(exactly: try required(column)) else { throw damaged(column) }
    return instant
  }

  private func damaged(_ column: Int) -> DamagedValue {
    DamagedValue(column: Array(columnNames)[column])
  }
}
