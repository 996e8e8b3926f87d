export default {
  'title': 'My work',
  'decide': 'Waiting for your decision',
  'do': 'Your tasks',
  'late': 'Late',
  'soon': 'This week',
  'later': 'Later',
  'undated': 'No due date',
  'nothing': 'Nothing waits for you',
  'nothing-text': 'Tasks appear here as soon as you can take them, decisions as soon as you are asked for them.',
  'due': 'Due',
  'since': 'Asked',
  'on-behalf-of': 'on behalf of {{names}}',
};
