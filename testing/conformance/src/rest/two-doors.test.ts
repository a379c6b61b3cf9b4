import { testOnTwoDoors } from './on-two-doors.ts';

await testOnTwoDoors('others');
