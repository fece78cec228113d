/* How long, in time of the processor, libyaml alone takes to turn a file into events: the floor under `waltz plan validate`.
 *
 *   yamlscan FILE ROUNDS    prints the nanoseconds of the quickest round */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int scan(const unsigned char *bytes, size_t count) {
  yaml_parser_t parser;
  yaml_event_t event;
  yaml_event_type_t type;
  if (!yaml_parser_initialize(&parser)) return 0;
  yaml_parser_set_input_string(&parser, bytes, count);
  do {
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "yamlscan: %s\n", parser.problem ? parser.problem : "no memory");
      yaml_parser_delete(&parser);
      return 0;
    }
    type = event.type;
    yaml_event_delete(&event);
  } while (type != YAML_STREAM_END_EVENT);
  yaml_parser_delete(&parser);
  return 1;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return perror(arguments[1]), 3;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(size);
  if (!bytes || fread(bytes, 1, size, file) != size) return perror(arguments[1]), 3;
  fclose(file);
  long long best = -1;
  for (int round = atoi(arguments[2]); round > 0; round--) {
    long long start = now();
    if (!scan(bytes, size)) return 1;
    long long time = now() - start;
    if (best < 0 || time < best) best = time;
  }
  printf("%lld\n", best);
  free(bytes);
  return 0;
}
