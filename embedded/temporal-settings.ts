/** Settings of the embedded Temporal server, beyond its defaults for development. Each is `key=value`, as its command line takes it. */
export const SERVER_SETTINGS: readonly string[] = [
  // Commands per workflow that may be under way at once: with the default of 10 a burst on one project fails.
  'history.maxInFlightUpdates=200',
  // A worker keeps what each event of a run brought until the run continues as new, and replays it all when the workflow has left its
  // memory: at the default of 4,096 events. A new run costs five, and commands that come while it begins wait some 50 ms.
  'limit.historyCount.suggestContinueAsNew=700',
  // The development server has one shard, whose queues it reads 20 times a second: each step from one workflow to another (a
  // signal, a child, a timer) then waits up to 50 ms.
  'history.transferProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxPollRPS=1000',
  // Tasks for no worker in particular, such as the first of each phase, go to one of four parts of the queue. The few pollers of one worker wait at some of them; what comes to another
  // is passed on at most ten times a second, and waited two seconds under load. All parts are still read: what an older version left there is found.
  'matching.numTaskqueueWritePartitions=1',
];

/** The same as arguments of `temporal server start-dev`. */
export const settingArguments = (): string[] => SERVER_SETTINGS.flatMap((setting) => ['--dynamic-config-value', setting]);
